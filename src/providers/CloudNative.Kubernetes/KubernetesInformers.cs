using CloudNative.Kubernetes.Informing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Kubernetes;

/// <summary>
/// The informers of a process: who asks for the same kind and selection shares one watch. All of them call a server
/// that is away at most every 5 s together. Thread-safe; one lasts as long as the process.
/// </summary>
public sealed class KubernetesInformers : IDisposable, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InformerKey, ISharedInformer> _informers = [];
    private readonly KubernetesApi _api;
    private readonly ILogger _logger;
    private bool _isDisposed;

    /// <summary>Makes one without dependency injection.</summary>
    /// <param name="api">The API; stays the caller's.</param>
    /// <param name="logger">Is told when the server cannot be followed, and when it can again.</param>
    public KubernetesInformers(KubernetesApi api, ILogger<KubernetesInformers>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        (_api, _logger) = (api, logger ?? NullLogger<KubernetesInformers>.Instance);
    }

    /// <summary>How many watches there are.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _informers.Count;
            }
        }
    }

    /// <summary>Joins the watch of a kind and selection; the first one starts it.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="selection">Which of them.</param>
    /// <returns>An informer; dispose it to leave.</returns>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    public KubernetesInformer<T> Join<T>(KubernetesKind<T> kind, KubernetesSelection selection)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(selection);
        var key = new InformerKey(typeof(T), kind.ApiVersion, kind.Plural, selection);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_informers.GetValueOrDefault(key) is not SharedInformer<T> shared)
            {
                shared = new SharedInformer<T>(_api, kind, selection, _logger, left => Leave(key, left));
                _informers.Add(key, shared);
                shared.Start();
            }

            shared.Members++;
            return new KubernetesInformer<T>(shared);
        }
    }

    /// <summary>Ends all watches, without waiting for it.</summary>
    public void Dispose()
    {
        foreach (var informer in End())
        {
            informer.Stop();
        }
    }

    /// <summary>Ends all watches.</summary>
    /// <returns>Done when they have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        var ended = End();
        Array.ForEach(ended, informer => informer.Stop());
        await Task.WhenAll(ended.Select(informer => informer.Completion)).ConfigureAwait(false);
    }

    private ISharedInformer[] End()
    {
        lock (_lock)
        {
            _isDisposed = true;
            ISharedInformer[] all = [.. _informers.Values];
            _informers.Clear();
            return all;
        }
    }

    private void Leave(InformerKey key, ISharedInformer informer)
    {
        lock (_lock)
        {
            if (--informer.Members > 0)
            {
                return;
            }

            // When the process stops, or somebody else has begun anew, it is no longer the one that is listed.
            if (_informers.GetValueOrDefault(key) == informer)
            {
                _informers.Remove(key);
            }
        }

        informer.Stop();
    }
}
