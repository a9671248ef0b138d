using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudNative.Kubernetes.Http;
using CloudNative.Kubernetes.Telemetry;

namespace CloudNative.Kubernetes;

/// <summary>
/// The API of Kubernetes (https://kubernetes.io/docs/reference/using-api/api-concepts/), as much of it as services
/// need, for any kind. Every failure is a <see cref="KubernetesException"/>. To follow objects use
/// <see cref="KubernetesInformers"/>; a watch of your own has to cope with its end. Thread-safe; one lasts as long as
/// the process.
/// </summary>
public sealed partial class KubernetesApi : IDisposable
{
    private readonly KubernetesMetrics? _ownMetrics;

    internal KubernetesApi(KubernetesConnection connection, KubernetesOptions options) =>
        (Connection, Options, Namespace) = (connection, options, options.Namespace ?? "default");

    /// <summary>Makes one without dependency injection.</summary>
    /// <param name="options">Where the server is; nothing is filled in.</param>
    /// <param name="timeProvider">The clock; that of the system by default.</param>
    /// <param name="handler">Sends the calls, as that of a test server does; by default real connections.</param>
    /// <exception cref="KubernetesException">The options name no server.</exception>
    public KubernetesApi(
        KubernetesOptions options, TimeProvider? timeProvider = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var time = timeProvider ?? TimeProvider.System;
        (Options, Namespace) = (options, options.Namespace ?? "default");
        _ownMetrics = new KubernetesMetrics(time);
        Connection = new KubernetesConnection(
            handler ?? KubernetesHandlers.Create(options), options, time, _ownMetrics);
    }

    /// <summary>The namespace of this service.</summary>
    public string Namespace { get; }

    internal KubernetesOptions Options { get; }

    internal KubernetesConnection Connection { get; }

    /// <summary>Reads one object.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="place">Its namespace; <see langword="null"/> for a kind of the whole cluster.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object; <see langword="null"/> when there is none.</returns>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<T?> FindAsync<T>(
        KubernetesKind<T> kind, string? place, string name, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var call = Call(kind, "get", HttpMethod.Get, place, name) with { AlsoAnswers = HttpStatusCode.NotFound };
        return Connection.CallAsync(
            call,
            async (response, token) => response.StatusCode == HttpStatusCode.NotFound
                ? null
                : await ReadAsync(kind, response, token).ConfigureAwait(false),
            cancellationToken);
    }

    /// <summary>Reads one page of a list.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="limit">How many at most; <see langword="null"/> for all at once.</param>
    /// <param name="next">
    /// <see cref="KubernetesPage{T}.Continue"/> of the page before; <see langword="null"/> for the first.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="KubernetesExpiredException">The first page is too long ago; begin anew.</exception>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<KubernetesPage<T>> ListAsync<T>(
        KubernetesKind<T> kind,
        KubernetesSelection selection,
        int? limit,
        string? next,
        CancellationToken cancellationToken)
        where T : KubernetesObject => ListAsync(kind, selection, limit, next, isPaced: false, cancellationToken);

    /// <summary>
    /// Tells what changes after a state, until the server ends it: after its time, or at any other moment, without an
    /// error. Then watch again from the last resource version that was told.
    /// </summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="resourceVersion">The state, of a list or of the last event.</param>
    /// <param name="timeout">When the server is to end it; whole seconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The events.</returns>
    /// <exception cref="KubernetesExpiredException">The server no longer knows the state; list again.</exception>
    /// <exception cref="KubernetesException">The watch failed.</exception>
    public async IAsyncEnumerable<KubernetesEvent<T>> WatchAsync<T>(
        KubernetesKind<T> kind,
        KubernetesSelection selection,
        string resourceVersion,
        TimeSpan timeout,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var stream = await OpenWatchAsync(kind, selection, resourceVersion, timeout, isPaced: false, cancellationToken)
            .ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>Closes all connections; whoever still waits gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Connection.Dispose();
        _ownMetrics?.Dispose();
    }

    internal Task<KubernetesPage<T>> ListAsync<T>(
        KubernetesKind<T> kind,
        KubernetesSelection selection,
        int? limit,
        string? next,
        bool isPaced,
        CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(selection);
        var call = Call(kind, "list", HttpMethod.Get, selection.Namespace);
        var query = new ApiQuery(call.Path).Add(selection).Add("limit", limit).Add("continue", next);
        return Connection.CallAsync(
            call with { Path = query.ToString(), Name = selection.Name, IsPaced = isPaced },
            async (response, token) => PageReader.Read(
                await response.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false), kind.TypeInfo),
            cancellationToken);
    }

    internal Task<WatchStream<T>> OpenWatchAsync<T>(
        KubernetesKind<T> kind,
        KubernetesSelection selection,
        string resourceVersion,
        TimeSpan timeout,
        bool isPaced,
        CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(selection);
        var call = Call(kind, "watch", HttpMethod.Get, selection.Namespace);
        var query = new ApiQuery(call.Path)
            .Add(selection)
            .Add("watch", "1")
            .Add("allowWatchBookmarks", "true")
            .Add("resourceVersion", resourceVersion)
            .Add("timeoutSeconds", (int)timeout.TotalSeconds);
        return WatchStream<T>.OpenAsync(
            kind,
            call with { Path = query.ToString(), Name = selection.Name, IsPaced = isPaced },
            Connection,
            Options.Watch.SilenceTimeout,
            cancellationToken);
    }

    private static KubernetesCall Call<T>(
        KubernetesKind<T> kind, string verb, HttpMethod method, string? place, string? name = null)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new KubernetesCall
        {
            Verb = verb,
            Group = kind.Group,
            Resource = kind.Plural,
            Namespace = kind.IsNamespaced ? place : null,
            Name = name,
            Method = method,
            Path = name is null ? kind.PathOf(place) : kind.PathOf(place, name),
        };
    }

    private static async Task<T> ReadAsync<T>(
        KubernetesKind<T> kind, HttpResponseMessage response, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync(stream, kind.TypeInfo, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is null.");
        }
    }
}
