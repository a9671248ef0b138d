using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudNative.Discovery.Configuration;

/// <summary>
/// The settings in force. A reload is built and checked before anybody sees it; one that is not valid is logged, and
/// the last good settings stay. The framework's monitor throws at whoever asks next, which would be each pick.
/// </summary>
internal sealed partial class CurrentDiscoveryOptions : IDisposable
{
    private readonly IOptionsFactory<DiscoveryOptions> _factory;
    private readonly ILogger<CurrentDiscoveryOptions> _logger;
    private readonly List<IDisposable> _subscriptions = [];

    /// <exception cref="OptionsValidationException">The first settings are not valid.</exception>
    public CurrentDiscoveryOptions(
        IOptionsFactory<DiscoveryOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<DiscoveryOptions>> changes,
        ILogger<CurrentDiscoveryOptions> logger)
    {
        _factory = factory;
        _logger = logger;

        // Subscribe, then read: a reload in between is not missed.
        foreach (var source in changes)
        {
            _subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, Reload));
        }

        Value = factory.Create(Options.DefaultName);
    }

    public DiscoveryOptions Value { get; private set; }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void Reload()
    {
        try
        {
            Value = _factory.Create(Options.DefaultName);
        }
        catch (Exception exception)
        {
            LogReloadRefused(exception.Message);
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Error,
        "The reloaded settings of " + DiscoveryOptions.SectionName + " are not valid, the last good ones stay in force: {Reason}")]
    private partial void LogReloadRefused(string reason);
}
