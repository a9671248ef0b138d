using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Subscriptions;

/// <summary>Ends subscriptions with the host when its time to drain was cut short, so that what they hold goes back at once.</summary>
internal sealed class SubscriptionEnd(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<SubscriptionSet>().EndAsync().WaitAsync(cancellationToken);
}
