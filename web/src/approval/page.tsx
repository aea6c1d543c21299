import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { Loading } from '../ui/loading.tsx'
import { Workspace } from './workspace.tsx'

const LaunchList = lazy(() => import('./launch/launch-list.tsx'))
const LaunchPage = lazy(() => import('./launch/launch-page.tsx'))
const AdminPage = lazy(() => import('./admin/admin-page.tsx'))
const EditorPage = lazy(() => import('./admin/editor-page.tsx'))

export default function Page() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/approval/new">
          <LaunchList />
        </Route>
        <Route path="/approval/new/:code">{({ code }) => <LaunchPage key={code} code={code} />}</Route>
        <Route path="/approval/admin">
          <AdminPage />
        </Route>
        <Route path="/approval/admin/:code">{({ code }) => <EditorPage key={code} code={code} />}</Route>
        <Route path="/approval/:instance">{({ instance }) => <Workspace open={instance} />}</Route>
        <Route>
          <Workspace open={undefined} />
        </Route>
      </Switch>
    </Suspense>
  )
}
