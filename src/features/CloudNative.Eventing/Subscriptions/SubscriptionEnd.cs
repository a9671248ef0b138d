using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Subscriptions;

/// <summary>Ends subscriptions with the host when its time to drain was cut short, so that what they hold goes back at once.</summary>
internal sealed class SubscriptionEnd(IServiceProvider services) : IHostedService
{
    private SubscriptionSet? _subscriptions;

    // Taken here: a host that is stopped from two sides, as a test host is, may stop once more when its services are gone.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscriptions = services.GetRequiredService<SubscriptionSet>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _subscriptions?.EndAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
