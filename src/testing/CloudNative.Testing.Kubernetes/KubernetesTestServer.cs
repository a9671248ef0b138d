using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Serving;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes;

/// <summary>
/// An API server of Kubernetes for tests. It keeps objects of any kind in memory and answers as
/// https://kubernetes.io/docs/reference/using-api/api-concepts/ says; it runs nothing. ConfigMaps, Secrets, Leases and
/// EndpointSlices are known from the start. Everybody may do everything until the first token is made. Thread-safe.
/// </summary>
public sealed class KubernetesTestServer : IAsyncDisposable
{
    private readonly ApiServer _server;
    private LoopbackListener? _listener;

    /// <summary>Makes one.</summary>
    /// <param name="timeProvider">The server's clock; that of the system by default.</param>
    public KubernetesTestServer(TimeProvider? timeProvider = null)
    {
        var time = timeProvider ?? TimeProvider.System;
        Store = new ObjectStorage(time);
        _server = new ApiServer(Store, Faults, time);
    }

    /// <summary>What goes wrong.</summary>
    public KubernetesFaults Faults { get; } = new();

    /// <summary>The state of all objects.</summary>
    public string ResourceVersion => Store.Version;

    /// <summary>How many watches are open.</summary>
    public int OpenWatches => _server.Watches.Count;

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<KubernetesRequest> Requests => _server.Log.All;

    /// <summary>How often a watch that wants bookmarks gets one. Default 1 min.</summary>
    public TimeSpan BookmarkInterval
    {
        get => _server.Watches.BookmarkInterval;
        set => _server.Watches.BookmarkInterval = value;
    }

    internal ObjectStorage Store { get; }

    /// <summary>
    /// Connects a client within the process: no port, and nothing happens by itself but by the server's clock.
    /// </summary>
    /// <returns>A handler for any address; each may have its own.</returns>
    public HttpMessageHandler CreateHandler() => new InProcessHandler(_server);

    /// <summary>Listens on a free port of loopback, without TLS, for other processes.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The address; the same one when it listens already.</returns>
    public async Task<Uri> ListenAsync(CancellationToken cancellationToken = default)
    {
        _listener ??= await LoopbackListener.StartAsync(_server, cancellationToken).ConfigureAwait(false);
        return _listener.Address;
    }

    /// <summary>Adds a kind, as installing its definition does.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="version">The version.</param>
    /// <param name="plural">The name in paths.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="isNamespaced">Whether each object is in a namespace.</param>
    public void AddKind(string group, string version, string plural, string kind, bool isNamespaced = true) =>
        Store.AddKind(new StoredKind(group, version, plural, kind, isNamespaced));

    /// <summary>Takes a kind away, as a server does that is too old for it.</summary>
    /// <param name="plural">The name in paths.</param>
    public void RemoveKind(string plural) => Store.RemoveKind(plural);

    /// <summary>
    /// Makes a token. From the first one on requests need one: without they get 401, and 403 for what it does not
    /// allow.
    /// </summary>
    /// <param name="user">Whom it stands for, such as <c>system:serviceaccount:shop:orders</c>.</param>
    /// <param name="permissions">What it may do.</param>
    /// <returns>The token.</returns>
    public string AddToken(string user, params IReadOnlyList<KubernetesPermission> permissions) =>
        _server.Access.Add(user, permissions);

    /// <summary>Has a token expire.</summary>
    /// <param name="token">The token.</param>
    public void RemoveToken(string token) => _server.Access.Remove(token);

    /// <summary>Makes or replaces an object, as somebody else would.</summary>
    /// <param name="plural">The name of its kind in paths.</param>
    /// <param name="item">The object, with its name and namespace.</param>
    /// <returns>The object as it is kept.</returns>
    public JsonObject Put(string plural, JsonObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Store.Put(plural, item);
    }

    /// <summary>Deletes an object, as somebody else would.</summary>
    /// <param name="plural">The name of its kind in paths.</param>
    /// <param name="place">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string plural, string? place, string name) => Store.Remove(plural, place ?? string.Empty, name);

    /// <summary>All objects of a kind, by namespace and name.</summary>
    /// <param name="plural">The name of the kind in paths.</param>
    /// <returns>Copies.</returns>
    public IReadOnlyList<JsonObject> List(string plural) => Store.List(plural);

    /// <summary>
    /// Forgets history, as servers do after some minutes: watches and pages from earlier states get 410
    /// (https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses).
    /// </summary>
    public void Compact() => Store.Compact();

    /// <summary>Ends all open watches without an error, as servers do at any time.</summary>
    public void CloseWatches() => _server.Watches.CloseAll();

    /// <summary>Breaks the connections of all open watches.</summary>
    public void BreakWatches() => _server.Watches.BreakAll();

    /// <summary>
    /// Loses all open watches silently: their connections stay, and nothing comes any more, as when a machine on the
    /// way has gone.
    /// </summary>
    public void DropWatches() => _server.Watches.DropAll();

    /// <summary>Stops listening, and ends all watches.</summary>
    /// <returns>Done when it is over.</returns>
    public async ValueTask DisposeAsync()
    {
        _server.Watches.CloseAll();
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }
    }
}
