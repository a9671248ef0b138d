namespace Shop.Web.Events;

/// <summary>Where events wait in the whole shop.</summary>
/// <param name="Groups">Every group of the log; <see langword="null"/> when no service can read the log.</param>
/// <param name="Outboxes">The outbox of each service; <see langword="null"/> for one of which no process answers.</param>
/// <param name="Paused">Why subscriptions get nothing, by topic and group.</param>
public sealed record WaitingEvents(
    IReadOnlyList<WaitingGroup>? Groups,
    IReadOnlyList<(string Service, WaitingOutbox? Outbox)> Outboxes,
    IReadOnlyList<SubscriptionMark> Paused)
{
    /// <summary>Joins the answers of the services; one log serves them all, so any of them knows all groups.</summary>
    public static WaitingEvents Of(IReadOnlyList<(string Service, EventsDocument? Answer)> services) => new(
        services.Select(service => service.Answer?.Groups).FirstOrDefault(groups => groups is not null),
        [
            .. services.SelectMany(service => service.Answer is { Outboxes: var outboxes }
                ? outboxes.Select(outbox => (service.Service, (WaitingOutbox?)outbox))
                : [(service.Service, null)]),
        ],
        [.. services.SelectMany(service => service.Answer?.Subscriptions ?? []).Where(mark => mark.State == "Paused")]);
}
