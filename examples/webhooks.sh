npx mock-oauth webhook list              # each event, its attempts, and when the next one is due
npx mock-oauth clock advance 6h          # makes every attempt that is due by then, in order
npx mock-oauth webhook redeliver w1      # again, now
npx mock-oauth webhook test mercado-pago # a test, as the provider's own button sends it
