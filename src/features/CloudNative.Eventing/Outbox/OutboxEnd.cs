using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Outbox;

/// <summary>Ends the relays when everything else of the host has stopped, and before the services that they need are disposed.</summary>
internal sealed class OutboxEnd(IServiceProvider services) : IHostedLifecycleService
{
    private OutboxRelays? _relays;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Taken here: a host that is stopped from two sides, as a test host is, may stop once more when its services are gone.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _relays = services.GetRequiredService<OutboxRelays>();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _relays?.EndAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
