using System.Diagnostics.CodeAnalysis;
using System.Net;
using CloudNative.Consul.Configuration;
using CloudNative.Consul.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Consul.KeyValue;

/// <summary>
/// Holds what is below a prefix and follows it. What was read once stays in force whatever happens to Consul, also when
/// all of it is gone at once: servers that came back empty, and tokens that may see nothing any more, look the same.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The source has no timer; what is under way still reads its token.")]
internal sealed partial class ConsulKeyValueConfigurationProvider(
    ConsulKeyValueConfigurationSource source, string prefix, ConsulHttp http, ConsulOptions options, TimeProvider time)
    : ConfigurationProvider, IDisposable
{
    private static readonly TimeSpan PauseAtStart = TimeSpan.FromSeconds(0.5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile ILogger _logger = NullLogger.Instance;
    private string? _failure;
    private bool _isLoaded;
    private Task? _watching;

    /// <summary>Names who is told what happens; configuration is there before loggers are.</summary>
    public void Report(ILogger logger)
    {
        lock (_lock)
        {
            _logger = logger;
            if (_failure is { } reason)
            {
                LogFailing(logger, prefix, reason);
            }
        }
    }

    // Configuration is read synchronously; the waiting is done by other threads, whatever context this one has.
    public override void Load() => Task.Run(LoadAsync).GetAwaiter().GetResult();

    /// <summary>Reads what is there, and follows it from then on.</summary>
    public async Task LoadAsync()
    {
        var query = new KeyValueQuery(http, prefix, source.Format, options, time);
        await ReadAsync(query).ConfigureAwait(false);
        _isLoaded = true;
        if (source.ReloadOnChange && _watching is null)
        {
            Watch(query);
        }
    }

    public override string ToString() => $"Consul {http.Address} {prefix}";

    public void Dispose()
    {
        _stop.Cancel();
        http.Dispose();
    }

    private void Watch(KeyValueQuery query)
    {
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _watching = WatchAsync(query, _stop.Token);
    }

    private async Task ReadAsync(KeyValueQuery query)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var left = source.StartTimeout - time.GetElapsedTime(started);
            try
            {
                var longest = left < ConsulHttp.CallTimeout ? left : ConsulHttp.CallTimeout;
                Take(query, await query.AskAsync(longest, _stop.Token).ConfigureAwait(false));
                return;
            }
            catch (ConsulException exception)
            {
                if (source.Optional || _isLoaded)
                {
                    Failed(exception.Message);
                    return;
                }

                var mayPass = exception.Status is null or >= HttpStatusCode.InternalServerError;
                if (!mayPass || time.GetElapsedTime(started) + PauseAtStart >= source.StartTimeout)
                {
                    throw new ConsulKeyValueException(
                        $"{exception.Message}. The configuration below {prefix} is needed to start; "
                        + $"it is not with AddConsulKeyValue(\"{prefix}\", optional: true)",
                        exception);
                }
            }

            await Task.Delay(PauseAtStart, time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(KeyValueQuery query, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                if (Take(query, await query.AskAsync(ConsulHttp.CallTimeout, stopping).ConfigureAwait(false)))
                {
                    Announce();
                }
            }
            catch (ConsulException exception)
            {
                Failed(exception.Message);
                // As long as others wait for an agent that is away, and a little more, so that not all come back
                // together.
                var pause = AgentCondition.Interval * (1 + (Random.Shared.NextDouble() * 0.2));
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <returns>Whether something is different now.</returns>
    private bool Take(KeyValueQuery query, ConsulAnswer<List<KeyDocument>?> answer)
    {
        lock (_lock)
        {
            if (answer.Value is null && (answer.IsFiltered || Data.Count > 0 || !(source.Optional || _isLoaded)))
            {
                throw new ConsulException(
                    answer.IsFiltered ? ConsulErrors.Filtered(query.Policies) : Missing(query), HttpStatusCode.NotFound);
            }

            var data = KeyValueReader.Read(prefix, source.Format, answer.Value ?? []);
            if (_failure is not null)
            {
                _failure = null;
                LogBack(_logger, prefix);
            }

            if (data.Count == Data.Count && data.All(pair => Data.TryGetValue(pair.Key, out var value) && value == pair.Value))
            {
                return false;
            }

            Data = data;
            return true;
        }
    }

    private string Missing(KeyValueQuery query) =>
        $"{ErrorIds.KeysMissing}: Consul has no key below {prefix}, or none that the token may see. Put one there, or see "
        + $"that the token has {query.Policies}";

    private void Failed(string reason)
    {
        lock (_lock)
        {
            if (_failure is null && !_stop.IsCancellationRequested)
            {
                LogFailing(_logger, prefix, reason);
                _failure = reason;
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Listeners may throw anything; the next change is for all.")]
    private void Announce()
    {
        LogChanged(_logger, prefix);
        try
        {
            OnReload();
        }
        catch (Exception exception)
        {
            LogListenerFailed(_logger, prefix, exception);
        }
    }
}
