npx mock-oauth contract --provider mekari --clause 'ar-*' --seed "$CI_RUN" --client "$CLIENT" \
  --report contract.xml --report contract.html
