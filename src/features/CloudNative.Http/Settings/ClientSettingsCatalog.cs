using System.Collections.Concurrent;
using CloudNative.Discovery;
using CloudNative.Http.Retries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudNative.Http.Settings;

/// <summary>
/// The settings in force, per client name. A reload builds and checks a client's new settings before anybody sees
/// them; what is not valid is logged, and the last good ones stay.
/// </summary>
internal sealed partial class ClientSettingsCatalog : IDisposable
{
    private readonly ConcurrentDictionary<string, ClientSettingsSlot> _slots = new(StringComparer.Ordinal);
    private readonly IOptionsFactory<ServiceClientOptions> _factory;
    private readonly LoadBalancers _balancers;
    private readonly ILookup<string?, Func<HttpRequestMessage, bool>> _idempotent;
    private readonly ILogger<ClientSettingsCatalog> _logger;
    private readonly IDisposable _subscription;

    public ClientSettingsCatalog(
        IConfiguration configuration,
        IOptionsFactory<ServiceClientOptions> factory,
        LoadBalancers balancers,
        IEnumerable<IdempotentRequests> idempotent,
        ILogger<ClientSettingsCatalog> logger)
    {
        _factory = factory;
        _balancers = balancers;
        _idempotent = idempotent.ToLookup(requests => requests.Client, requests => requests.AreIdempotent, StringComparer.Ordinal);
        _logger = logger;
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The slot of a client; the same object for the life of the host.</summary>
    /// <exception cref="OptionsValidationException">The first settings of this client are not valid.</exception>
    public ClientSettingsSlot Get(string client) =>
        _slots.GetOrAdd(client, static (name, catalog) => new ClientSettingsSlot(catalog.Create(name)), this);

    public void Dispose() => _subscription.Dispose();

    private void Reload()
    {
        foreach (var (name, slot) in _slots)
        {
            try
            {
                slot.Current = Create(name);
            }
            catch (Exception exception)
            {
                LogReloadRefused(name, exception.Message);
            }
        }
    }

    private ClientSettings Create(string name)
    {
        var options = _factory.Create(name);
        return new ClientSettings(options, _balancers.Get(options.LoadBalancing), [.. _idempotent[name], .. _idempotent[null]]);
    }
}
