namespace CloudNative.Discovery;

/// <summary>
/// Where instances are found. The endpoint table opens at most one watch per source and service in a process and owns what happens
/// when it fails: a source only says what it sees. A singleton; thread-safe.
/// </summary>
public interface IEndpointSource
{
    /// <summary>For the start summary, logs and metrics: <c>configuration</c>, <c>embedded</c>, <c>consul</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether a watch goes on after <see cref="EndpointUpdate.Unavailable"/> and says by itself when the source is back, at
    /// a pace that spares it. Else the table ends such a watch and opens it again. Default <see langword="false"/>.
    /// </summary>
    bool RecoversByItself => false;

    /// <summary>
    /// Watches one service. The first update comes as soon as the source knows; later ones when something changed. After
    /// <see cref="EndpointUpdate.Unavailable"/> the sequence may end, and the table opens it again with backoff.
    /// </summary>
    /// <param name="service">The logical name.</param>
    /// <param name="cancellationToken">Ends the watch; the only thing that makes it throw.</param>
    /// <returns>The updates.</returns>
    IAsyncEnumerable<EndpointUpdate> WatchAsync(string service, CancellationToken cancellationToken);
}
