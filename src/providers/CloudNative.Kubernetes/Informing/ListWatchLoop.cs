using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Informing;

/// <summary>
/// Lists, watches from there, and begins again whenever that ends, for ever
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).
/// </summary>
internal sealed partial class ListWatchLoop<T>
    where T : KubernetesObject
{
    // A watch that ends sooner was not one, and a list that expires sooner was in vain: the next try waits a little.
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortList = TimeSpan.FromSeconds(10);

    // A server that was away for longer may come back from a backup, and count its versions from an earlier one.
    private static readonly TimeSpan LongAbsence = TimeSpan.FromMinutes(1);

    private readonly KubernetesApi _api;
    private readonly KubernetesKind<T> _kind;
    private readonly KubernetesSelection _selection;
    private readonly ObjectStore<T> _store;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly KubernetesWatchOptions _options;
    private readonly RetryPace _pace = new();
    private string? _version;
    private long _listed;
    private bool _isFailing;
    private TimeSpan _resyncAfter;

    public ListWatchLoop(
        KubernetesApi api, KubernetesKind<T> kind, KubernetesSelection selection, ObjectStore<T> store, ILogger logger)
    {
        (_api, _kind, _selection, _store, _logger) = (api, kind, selection, store, logger);
        (_time, _options) = (api.Connection.Time, api.Options.Watch);
    }

    private TimeSpan UntilResync => _resyncAfter - _time.GetElapsedTime(_listed);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) when (_api.Connection.IsClosed)
            {
                return; // The API was disposed of first, as a container does it.
            }
            catch (KubernetesExpiredException)
            {
                await ExpireAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (KubernetesException exception)
            {
                await FailAsync(exception, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Nothing that is known; the loop outlives it, and what was known stays.
                LogUnexpected(_logger, _kind.Plural, Where, exception);
                await RestAsync(_pace.Next(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (_version is null || UntilResync < ShortLife)
        {
            await ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var opened = _time.GetTimestamp();
        await WatchAsync(_version!, cancellationToken).ConfigureAwait(false);
        if (_time.GetElapsedTime(opened) < ShortLife)
        {
            await RestAsync(_pace.Next(), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _pace.Reset();
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        if (_store.Status.IsSynced)
        {
            _api.Connection.Metrics.Relisted(_kind.Plural, _version is null ? "lost" : "resync");
        }

        // Without a version the server answers with its latest state, never one from before what is known already.
        var (items, version) = await ReadPagesAsync(cancellationToken).ConfigureAwait(false);
        var isResync = _version is not null;
        var changed = _store.Replace(items, version);
        if (isResync && changed > 0)
        {
            LogResynced(_logger, _kind.Plural, Where, changed);
        }

        (_version, _listed) = (version, _time.GetTimestamp());
        _resyncAfter = _options.ResyncInterval * (1 + (Random.Shared.NextDouble() / 2));
        LogBack();
    }

    private async Task<(List<T> Items, string Version)> ReadPagesAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        int? limit = _options.PageSize;
        string? next = null;
        while (true)
        {
            try
            {
                var page = await _api.ListAsync(_kind, _selection, limit, next, isPaced: true, cancellationToken)
                    .ConfigureAwait(false);
                items.AddRange(page.Items);
                if (page.Continue is null)
                {
                    return (items, page.ResourceVersion);
                }

                next = page.Continue;
            }
            catch (KubernetesExpiredException) when (next is not null)
            {
                // The server forgot the first page's state before the last was read: all at once, as there is no other
                // way.
                items.Clear();
                (limit, next) = (null, null);
            }
        }
    }

    private async Task WatchAsync(string version, CancellationToken cancellationToken)
    {
        var timeout = _options.Timeout * (1 + Random.Shared.NextDouble());
        timeout = timeout < UntilResync ? timeout : UntilResync;
        timeout = timeout > ShortLife ? timeout : ShortLife;
        var stream = await _api.OpenWatchAsync(_kind, _selection, version, timeout, isPaced: true, cancellationToken)
            .ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            LogBack();
            _store.Confirm();
            try
            {
                while (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is { } found)
                {
                    _store.Apply(found);
                    _version = found.Item.Metadata.ResourceVersion ?? _version;
                }
            }
            catch (KubernetesException exception) when (exception is not KubernetesExpiredException)
            {
                // It was followed until now: that is a failure only if it cannot be opened again.
                LogBroken(_logger, _kind.Plural, Where, exception.Message);
                if (exception.StatusCode is not null)
                {
                    _version = null; // The server said so itself, and may say so of this version again.
                }
            }
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        LogExpired(_logger, _kind.Plural, Where);
        var isInVain = _version is null || _time.GetElapsedTime(_listed) < ShortList;
        _version = null;
        if (isInVain)
        {
            await RestAsync(_pace.Next(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FailAsync(KubernetesException exception, CancellationToken cancellationToken)
    {
        _isFailing = true;
        if (_store.Fail(exception))
        {
            LogFailing(_logger, _kind.Plural, Where, exception.Message);
        }

        if (_store.Status.StaleSince is { } since && _time.GetUtcNow() - since > LongAbsence)
        {
            _version = null;
        }

        // While the server is away all informers wait for it together, before each call.
        if (!_api.Connection.Condition.IsAway || exception.RetryAfter is not null)
        {
            await RestAsync(_pace.Next(exception.RetryAfter), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RestAsync(TimeSpan rest, CancellationToken cancellationToken) =>
        await Task.Delay(rest, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
