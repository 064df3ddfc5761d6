#!/usr/bin/env node
import { refuseOldNode } from '../dist/cli/node-version.js'

refuseOldNode() || import('../dist/cli/main.js')
