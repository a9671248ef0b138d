namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>The body of a watch within the process; whoever disposes of it has hung up.</summary>
internal sealed class WatchContent(WatchFeed feed, WatchDesk desk) : StreamContent(feed.Reader.AsStream())
{
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        desk.Close(feed);
    }
}
