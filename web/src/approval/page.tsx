import { Route, Switch } from 'wouter'
import { Workspace } from './workspace.tsx'

export default function Page() {
  return (
    <Switch>
      <Route path="/approval/:instance">{({ instance }) => <Workspace open={instance} />}</Route>
      <Route>
        <Workspace open={undefined} />
      </Route>
    </Switch>
  )
}
