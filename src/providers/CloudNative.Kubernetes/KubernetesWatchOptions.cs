namespace CloudNative.Kubernetes;

/// <summary>How kinds are followed. Changes are seen at once whatever stands here.</summary>
public sealed class KubernetesWatchOptions
{
    /// <summary>
    /// How long the server keeps one watch open; each gets up to twice as long by chance, so that those of a cluster do
    /// not end together. Default 5 min; 10 s to 1 h.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// After how long without a word a watch counts as lost and is opened again where it was. Servers send bookmarks
    /// about once a minute. Default 2 min; 5 s to 1 h.
    /// </summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How often everything is listed again although the watch goes on, so that what went missing comes to light; up to
    /// half as much longer by chance. Default 30 min; 10 s to 1 day.
    /// </summary>
    public TimeSpan ResyncInterval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many objects one page of a list holds. Default 500; 1 to 10,000.</summary>
    public int PageSize { get; set; } = 500;
}
