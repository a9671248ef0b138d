using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>
/// A small transport that does everything slowly under one lock, and one thing wrong when it is asked to.
/// </summary>
internal sealed partial class ModelStore(TransportBug bug)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<ModelItem>> _logs = [];
    private readonly HashSet<(string, string, string)> _known = [];
    private readonly List<ModelGroup> _groups = [];
    private readonly List<(ModelTransport Process, IReadOnlyList<OutgoingEvent> Batch)> _unwritten = [];
    private long _lastLetter;
    private bool _broken;

    public TransportBug Bug => bug;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SortedDictionary<long, DeadLetter> Letters { get; } = [];

    public void Append(ModelTransport process, IReadOnlyList<OutgoingEvent> batch)
    {
        lock (_lock)
        {
            if (_broken)
            {
                throw new EventTransportException("The model was broken; mend it.");
            }

            if (bug != TransportBug.BatchNotAtomic)
            {
                foreach (var outgoing in batch)
                {
                    Check(outgoing);
                }
            }

            if (bug == TransportBug.AcknowledgesBeforeItStores)
            {
                _unwritten.Add((process, batch));
                return;
            }

            Store(batch);
        }

        Pump();
    }

    public ModelMember Join(ModelTransport process, SubscriptionSpec spec, IDeliverySink sink)
    {
        ModelMember member;
        lock (_lock)
        {
            var log = Log(spec.Topic);
            var group = spec.Broadcast ? null : Find(spec.Topic, spec.Group);
            if (group is null)
            {
                group = new ModelGroup(spec.Topic, spec.Group, spec.Broadcast);
                group.Items.AddRange(log.Where(_ => spec.Start == EventStart.Oldest).Select(Copy));
                _groups.Add(group);
            }

            group.Ordered |= spec.Ordering == EventOrdering.ByKey;
            member = new ModelMember(this, process, group, spec, sink);
            group.Members.Add(member);
        }

        Pump();
        return member;
    }

    public void Leave(ModelMember member)
    {
        lock (_lock)
        {
            member.Group.Members.Remove(member);
            foreach (var loan in member.Group.Loans.Where(loan => loan.Member == member).ToList())
            {
                Take(loan);
                loan.Item.Attempt += bug == TransportBug.CountsReleases ? 1 : 0;
            }

            if (member.Group.Broadcast)
            {
                _groups.Remove(member.Group);
            }
        }

        Pump();
    }

    public long Seek(string topic, string group, ReplayPoint point)
    {
        long position;
        lock (_lock)
        {
            var found = Find(topic, group) ?? throw new KeyNotFoundException(group);
            var log = Log(topic);
            if (bug != TransportBug.SeekKeepsLeases)
            {
                found.Loans.ToList().ForEach(Take);
            }

            found.Items =
            [
                .. log.Where(item => point.Position is { } first ? item.Position >= first : item.Stored >= point.Time).Select(Copy),
            ];
            position = found.Items.Count > 0 ? found.Items[0].Position : log.Count + 1;
        }

        Pump();
        return position;
    }

    public bool Replay(long id)
    {
        lock (_lock)
        {
            if (!Letters.TryGetValue(id, out var letter) || Find(letter.Topic, letter.Group) is not { } group)
            {
                return false;
            }

            if (bug != TransportBug.KeepsReplayedLetters)
            {
                Letters.Remove(id);
            }

            group.Items.Add(new ModelItem(letter.Event!, letter.Position!.Value, Now, Now) { Edit = letter.Edit });
        }

        Pump();
        return true;
    }

    public EventBacklog Backlog(ModelGroup group)
    {
        lock (_lock)
        {
            var waiting = group.Items.Where(item => !item.Done
                && (bug != TransportBug.BacklogForgetsRetries || item.Due <= Now)).ToList();
            return new EventBacklog(waiting.Count, waiting.Count == 0 ? null : waiting.Min(item => item.Stored));
        }
    }

    public void Break(bool broken)
    {
        _broken = broken;
        if (bug != TransportBug.SilentOutage)
        {
            foreach (var member in _groups.SelectMany(group => group.Members))
            {
                member.Sink.StateChanged(
                    broken ? SubscriptionState.Paused : SubscriptionState.Active, broken ? "The model was broken." : null);
            }
        }

        Pump();
    }

    private static void Check(OutgoingEvent outgoing)
    {
        if (!EventTopic.IsValid(outgoing.Topic))
        {
            throw new ArgumentException(outgoing.Topic);
        }
    }

    private static ModelItem Copy(ModelItem item) => new(item.Event, item.Position, item.Stored, item.Due);

    private void Store(IReadOnlyList<OutgoingEvent> batch)
    {
        foreach (var outgoing in batch)
        {
            Check(outgoing);
            var item = outgoing.Event;
            if (!_known.Add((outgoing.Topic, item.Source, item.Id)) && bug != TransportBug.NoDeduplication)
            {
                continue;
            }

            if (bug == TransportBug.EmptyIsNothing && item.Subject is "")
            {
                item = new EventEnvelope { Id = item.Id, Source = item.Source, Type = item.Type, Data = item.Data };
            }

            var log = Log(outgoing.Topic);
            var position = log.Count + 1L + (bug == TransportBug.SkipsPositions ? log.Count / 3 : 0);
            var stored = new ModelItem(item, position, Now, bug == TransportBug.IgnoresDelay ? Now : Now + outgoing.Delay);
            log.Add(stored);
            _groups.Where(group => group.Topic == outgoing.Topic).ToList().ForEach(group => group.Items.Add(Copy(stored)));
        }
    }

    private List<ModelItem> Log(string topic) => _logs.TryGetValue(topic, out var log) ? log : _logs[topic] = [];

    private ModelGroup? Find(string topic, string group) =>
        _groups.Find(other => other.Topic == topic && other.Name == group && !other.Broadcast);
}
