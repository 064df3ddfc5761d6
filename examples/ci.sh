npx mock-oauth serve --provider mekari --port 0 --json --consent approve --seed "$CI_RUN"
