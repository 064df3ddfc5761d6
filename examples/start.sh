npm ci && npx mock-oauth serve --provider mekari
