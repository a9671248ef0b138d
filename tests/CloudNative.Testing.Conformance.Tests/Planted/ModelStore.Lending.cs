using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

internal sealed partial class ModelStore
{
    public bool Settle(ModelDelivery delivery, Settlement settlement)
    {
        lock (_lock)
        {
            if (delivery.Settled && bug != TransportBug.SettlesTwice)
            {
                throw new InvalidOperationException("It was settled before.");
            }

            delivery.Settled = true;
            var item = delivery.Item;
            if (!item.Loans.Contains(delivery) && bug is not (TransportBug.NoFencing or TransportBug.SettlesTwice))
            {
                return false;
            }

            item.Loans.Remove(delivery);
            switch (settlement.Kind)
            {
                case SettlementKind.Complete:
                    item.Done = true;
                    break;
                case SettlementKind.Release:
                    item.Attempt += bug == TransportBug.CountsReleases ? 1 : 0;
                    break;
                case SettlementKind.Retry:
                    item.Fail(settlement.Failure!);
                    item.Attempt += bug == TransportBug.LosesRetryCount ? 0 : 1;
                    item.Due = Now + settlement.Delay;
                    break;
                default:
                    item.Fail(settlement.Failure!);
                    GiveUp(delivery.Member.Group, item);
                    break;
            }
        }

        Pump();
        return true;
    }

    /// <summary>Time passes; who is not paused renews.</summary>
    public void Advance(TimeSpan time)
    {
        lock (_lock)
        {
            _unwritten.ForEach(entry => Store(entry.Batch));
            _unwritten.Clear();
            Now += time;
            foreach (var loan in _groups.SelectMany(group => group.Loans).ToList())
            {
                if (!loan.Member.Process.Paused && bug != TransportBug.NeverRenews)
                {
                    loan.Expires = Now + loan.Member.Spec.LeaseDuration;
                }
                else if (loan.Expires <= Now)
                {
                    Lose(loan);
                }
            }
        }

        Pump();
    }

    public void Kill(ModelTransport process)
    {
        lock (_lock)
        {
            _unwritten.RemoveAll(entry => entry.Process == process);
            foreach (var group in _groups)
            {
                group.Loans.Where(loan => loan.Member.Process == process).ToList().ForEach(Lose);
                group.Members.RemoveAll(member => member.Process == process);
            }
        }

        Pump();
    }

    public void Restart()
    {
        lock (_lock)
        {
            _groups.ForEach(group => group.Loans.ToList().ForEach(Take));
            _groups.ForEach(group => group.Members.Clear());
            if (bug == TransportBug.ForgetsOnRestart)
            {
                _groups.Clear();
                _logs.Clear();
            }
        }
    }

    private void Lose(ModelDelivery loan)
    {
        Take(loan);
        var item = loan.Item;
        item.Fail(new DeliveryFailure(DeadLetterReason.ProcessDied, "It is gone.", Now, item.Attempt));
        if (item.Attempt >= loan.Member.Spec.MaxAttempts && bug != TransportBug.GrantsEndlessAttempts)
        {
            GiveUp(loan.Member.Group, item);
            return;
        }

        item.Attempt++;
    }

    private void Take(ModelDelivery loan)
    {
        loan.Item.Loans.Remove(loan);
        if (bug != TransportBug.TellsNobodyOfLoss)
        {
            loan.Lose();
        }
    }

    private void GiveUp(ModelGroup group, ModelItem item)
    {
        item.Done = true;
        Letters[++_lastLetter] = new DeadLetter
        {
            Id = _lastLetter,
            Topic = group.Topic,
            Group = group.Name,
            Event = item.Event,
            Raw = item.Event.Data,
            Edit = item.Edit,
            Position = item.Position,
            Failure = item.History[^1],
            History = [.. item.History],
        };
    }

    private void Pump()
    {
        while (true)
        {
            ModelDelivery? next;
            lock (_lock)
            {
                next = _broken ? null : _groups.Select(Next).FirstOrDefault(delivery => delivery is not null);
            }

            if (next is null)
            {
                return;
            }

            next.Member.Sink.Deliver(next);
        }
    }

    private ModelDelivery? Next(ModelGroup group)
    {
        foreach (var member in group.Members.Where(member => !member.Stopped && !member.Process.Paused))
        {
            var held = group.Loans.Count(loan => loan.Member == member);
            if (held >= member.Spec.MaxInFlight && bug != TransportBug.IgnoresCredits)
            {
                continue;
            }

            if (group.Items.Where(item => CanGo(group, member, item)).MinBy(item => (item.Due, item.Position)) is { } item)
            {
                var delivery = new ModelDelivery(this, member, item) { Expires = Now + member.Spec.LeaseDuration };
                item.Loans.Add(delivery);
                return delivery;
            }
        }

        return null;
    }

    private bool CanGo(ModelGroup group, ModelMember member, ModelItem item)
    {
        var taken = bug == TransportBug.EveryMemberGetsAll ? item.Loans.Any(loan => loan.Member == member) : item.OnLoan;
        return !item.Done && !taken && item.Due <= Now
            && (!group.Ordered || item.Event.Key is null || !group.Items.TakeWhile(other => other != item).Any(Blocks));

        bool Blocks(ModelItem other) => !other.Done && other.Event.Key == item.Event.Key
            && (bug != TransportBug.OrderBreaksDuringRetry || other.Due <= Now);
    }
}
