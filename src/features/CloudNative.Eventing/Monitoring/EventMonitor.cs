using CloudNative.Eventing.Outbox;
using CloudNative.Eventing.Subscriptions;
using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.Monitoring;

/// <summary>Puts together what subscriptions, outboxes and the transport know.</summary>
internal sealed class EventMonitor(SubscriptionSet subscriptions, OutboxRelays outboxes, ChosenTransport transport) : IEventMonitor
{
    public async ValueTask<EventReport> LookAsync(CancellationToken cancellationToken)
    {
        var asked = Task.WhenAll(subscriptions.All.Select(runner => runner.ReportAsync(cancellationToken)));
        var held = Task.WhenAll(outboxes.All.Select(relay => relay.ReportAsync(cancellationToken)));
        var groups = ListGroupsAsync(cancellationToken);
        await Task.WhenAll(asked, held, groups).ConfigureAwait(false);
        return new EventReport(await asked.ConfigureAwait(false), await held.ConfigureAwait(false), await groups.ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<EventGroup>?> ListGroupsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return transport.Find() is IEventGroups known
                ? await known.ListGroupsAsync(cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (EventTransportException)
        {
            // Subscriptions and outboxes say what is wrong with the store.
            return null;
        }
    }
}
