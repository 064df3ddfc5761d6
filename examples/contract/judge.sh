npx mock-oauth contract init --language typescript                # contract/: a careful client, and a driver around it
npx mock-oauth contract smoke --client 'npx jiti contract/driver.ts'
npx mock-oauth contract --provider mekari --clause 'ar-state-*' --client 'npx jiti contract/driver.ts'
