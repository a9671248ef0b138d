using CloudNative.Eventing;
using CloudNative.Providers;
using CloudNative.Testing.Events;

namespace CloudNative.Testing;

/// <summary>
/// What tests of a service's events need: wait until everything is handled, and see what was published and what became of it. Added to a
/// host by <c>services.AddEventsTestHarness()</c> and got from its services. Thread-safe; a singleton of the host.
/// </summary>
/// <remarks>
/// It counts what is under way instead of waiting for silence, so it never waits too short and never longer than the work takes. It needs
/// a transport that can be counted: the one in memory, which serves by itself in a test host.
/// </remarks>
public sealed class EventsTestHarness
{
    private readonly EventRecord _record;
    private readonly IPendingEvents[] _places;
    private readonly IProviderSelector? _selector;

    internal EventsTestHarness(EventRecord record, IEnumerable<IPendingEvents> places, IProviderSelector? selector)
    {
        _record = record;
        _places = [.. places];
        _selector = selector;
    }

    /// <summary>The events that were stored, in the order in which they were; a copy.</summary>
    public IReadOnlyList<PublishedEvent> Published => _record.Published;

    /// <summary>How each delivery ended, in the order in which they did; a copy.</summary>
    public IReadOnlyList<SettledEvent> Settled => _record.Settled;

    /// <summary>
    /// Waits until nothing that was published is unhandled, nothing is being handled and nothing waits in an outbox. What is due later by
    /// the host's clock (delayed events, retries that wait) is not waited for; it is counted in the result.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; a handler that never returns is waited for until then.</param>
    /// <returns>What is due later.</returns>
    /// <exception cref="InvalidOperationException">The transport of this host cannot be counted.</exception>
    public async Task<QuiescedEvents> QuiescedAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfUncounted();
        while (true)
        {
            foreach (var place in _places)
            {
                await place.WhenNoneReadyAsync(cancellationToken).ConfigureAwait(false);
            }

            // An event is counted where it goes before it leaves where it was. If all were idle, and nothing became ready between two
            // looks at all of them, then all were idle at once.
            var before = await CountAsync(cancellationToken).ConfigureAwait(false);
            var after = await CountAsync(cancellationToken).ConfigureAwait(false);
            if (before.All(count => count.Ready == 0) && before.SequenceEqual(after))
            {
                return new QuiescedEvents(after.Sum(count => count.Scheduled));
            }
        }
    }

    /// <summary>What is due later by the host's clock: delayed events, and events that wait for another attempt.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Each with the time when it is due, the next first.</returns>
    public async Task<IReadOnlyList<ScheduledEvent>> ListScheduledAsync(CancellationToken cancellationToken = default)
    {
        var scheduled = new List<ScheduledEvent>();
        foreach (var place in _places)
        {
            scheduled.AddRange(await place.ListScheduledAsync(cancellationToken).ConfigureAwait(false));
        }

        return [.. scheduled.OrderBy(item => item.Due)];
    }

    /// <summary>Forgets what was recorded so far; what is under way goes on.</summary>
    public void Clear() => _record.Clear();

    private async Task<PendingEvents[]> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new PendingEvents[_places.Length];
        for (var index = 0; index < counts.Length; index++)
        {
            counts[index] = await _places[index].CountAsync(cancellationToken).ConfigureAwait(false);
        }

        return counts;
    }

    private void ThrowIfUncounted()
    {
        var provider = _selector?.Choose(CloudNativeFeatures.Eventing).Provider;
        if (provider is null || _places.Any(place => place.Name.Equals(provider, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        throw new InvalidOperationException(
            $"Events of this host go through '{provider}', which cannot be counted exactly. Set CloudNative:Eventing:Provider=memory "
            + "or CloudNative:Hosting:Mode=Test in the tests that wait for events.");
    }
}
