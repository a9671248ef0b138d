using System.Diagnostics.CodeAnalysis;
using CloudNative.Kubernetes.Rights;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// Holds what was read last, and says what happens. What was read once stays in force whatever follows.
/// </summary>
internal abstract partial class SettingsProvider(string where) : ConfigurationProvider, IDisposable
{
    private readonly Lock _lock = new();
    private ILogger _logger = NullLogger.Instance;
    private string? _failure;
    private string? _left;

    /// <summary>Where it is read, as messages say it.</summary>
    protected string Where { get; } = where;

    /// <summary>What it asks of the API server; null for nothing.</summary>
    public virtual KubernetesRight? Right => null;

    /// <summary>Whether the last attempt to read it failed.</summary>
    protected bool IsFailing
    {
        get
        {
            lock (_lock)
            {
                return _failure is not null;
            }
        }
    }

    /// <summary>Names who is told what happens; configuration is there before loggers are.</summary>
    public void Report(ILogger logger)
    {
        lock (_lock)
        {
            _logger = logger;
            if (_failure is { } reason)
            {
                LogFailing(logger, Where, reason);
            }

            if (_left is { Length: > 0 } names)
            {
                LogLeft(logger, Where, names);
            }
        }
    }

    public override string ToString() => $"Kubernetes {Where}";

    public abstract void Dispose();

    /// <summary>Takes over what was read.</summary>
    /// <returns>Whether something is different now.</returns>
    protected bool Take(Settings settings)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                _failure = null;
                LogBack(_logger, Where);
            }

            var left = string.Join(", ", settings.Left);
            if (left != (_left ?? string.Empty))
            {
                LogLeft(_logger, Where, left);
            }

            _left = left;
            var (before, after) = (Data, settings.Data);
            if (before.Count == after.Count
                && after.All(pair => before.TryGetValue(pair.Key, out var value) && value == pair.Value))
            {
                return false;
            }

            Data = after;
            return true;
        }
    }

    /// <summary>Says that nothing can be read: once for each cause that follows another.</summary>
    protected void Failed(string reason)
    {
        lock (_lock)
        {
            if (IdOf(_failure) != IdOf(reason))
            {
                LogFailing(_logger, Where, reason);
            }

            _failure = reason;
        }
    }

    // "CN4402: …"; the rest differs from one attempt to the next.
    private static string? IdOf(string? reason) => reason?.Split(':')[0];

    /// <summary>Tells all who listen; none of them holds up the others' next change.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Listeners may throw anything; the next change is for all.")]
    protected void Announce()
    {
        LogChanged(_logger, Where);
        try
        {
            OnReload();
        }
        catch (Exception exception)
        {
            LogListenerFailed(_logger, Where, exception);
        }
    }
}
