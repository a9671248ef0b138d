using CloudNative.RabbitMq.DeadLetters;
using CloudNative.RabbitMq.Messages;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.DeadLetters;

public sealed class LetterLedgerTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly LetterLedger _ledger = new();
    private long _next;

    [Fact]
    public void Apply_TwoClaims_TheFirstHasIt()
    {
        Letters(2);
        Assert.Equal([1], Act(LetterAct.Claim, "a", [1], until: _now + TimeSpan.FromMinutes(1)));
        Assert.Equal([2], Act(LetterAct.Claim, "b", [1, 2], until: _now + TimeSpan.FromMinutes(1)));
        Assert.True(_ledger.IsThere(1));
    }

    [Fact]
    public void Apply_ClaimIsOver_AnotherGetsIt()
    {
        Letters(1);
        Act(LetterAct.Claim, "dead", [1], until: _now + TimeSpan.FromMinutes(1));
        Assert.Equal([], Act(LetterAct.Claim, "early", [1], _now + TimeSpan.FromSeconds(59)));
        Assert.Equal([1], Act(LetterAct.Claim, "late", [1], _now + TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public void Apply_ReleasedByAnother_StaysClaimed()
    {
        Letters(1);
        Act(LetterAct.Claim, "a", [1], until: _now + TimeSpan.FromMinutes(1));
        Assert.Equal([], Act(LetterAct.Release, "b", [1]));
        Assert.Equal([], Act(LetterAct.Discard, "b", [1]));
        Assert.Equal([1], Act(LetterAct.Release, "a", [1]));
        Assert.Equal([1], Act(LetterAct.Discard, "b", [1]));
    }

    [Fact]
    public void Apply_Gone_IsNeitherEditedNorDiscardedNorSentAgain()
    {
        Letters(1);
        Act(LetterAct.Claim, "a", [1], until: _now + TimeSpan.FromMinutes(1));
        Act(LetterAct.Gone, "a2", [1]);
        Assert.False(_ledger.IsThere(1));
        Assert.All(
            [LetterAct.Claim, LetterAct.Edit, LetterAct.Discard, LetterAct.Gone],
            act => Assert.Equal([], Act(act, act.ToString(), [1])));
    }

    [Fact]
    public void Apply_NumbersOfActsAndOfWhatIsYetToCome_AreNoLetters()
    {
        Letters(1);
        Act(LetterAct.Look, "a", []);
        Assert.Equal([], Act(LetterAct.Discard, "b", [2, 3, 4, 1_000]));
        Letters(1);
        Assert.Equal([false, true], ((long[])[3, 4]).Select(_ledger.IsThere));
    }

    [Fact]
    public void Apply_EditedTwice_KnowsTheLast()
    {
        Letters(1);
        Act(LetterAct.Edit, "a", [1], by: "ann");
        Act(LetterAct.Edit, "b", [1], _now + TimeSpan.FromMinutes(1), by: "bob");
        Assert.Equal(new LetterEdit(2, "bob", _now + TimeSpan.FromMinutes(1)), _ledger.EditOf(1));
    }

    [Fact]
    public void Apply_FirstAreGone_BeginsBehindThem()
    {
        Letters(3);
        Act(LetterAct.Discard, "a", [2]);
        Assert.Equal(0, _ledger.Floor);
        Act(LetterAct.Discard, "b", [1]);
        Assert.Equal(2, _ledger.Floor);
        Act(LetterAct.Discard, "c", [3]);
        Assert.Equal(6, _ledger.Floor);
    }

    [Fact]
    public void Apply_BrokerDroppedTheFirst_TheyAreGone()
    {
        Letters(2);
        _next = 5;
        Letters(1);
        Assert.Equal([false, false, false, true], ((long[])[1, 2, 5, 6]).Select(_ledger.IsThere));
    }

    [Fact]
    public void Drop_ReadingBeganLater_ForgetsWhatLiesBefore()
    {
        Letters(4);
        _ledger.Drop(1, 1);
        Assert.True(_ledger.IsThere(1));
        _ledger.Drop(2, 1);
        Assert.Equal([false, false, true, true], ((long[])[1, 2, 3, 4]).Select(_ledger.IsThere));
    }

    [Fact]
    public void Apply_SameEntryAgain_HasNoEffect()
    {
        Letters(1);
        Act(LetterAct.Claim, "a", [1], until: _now + TimeSpan.FromMinutes(1));
        _next--;
        Assert.Equal([], Act(LetterAct.Claim, "a", [1]));
    }

    private void Letters(int count)
    {
        for (var number = 0; number < count; number++)
        {
            Apply(new BasicProperties
            {
                Headers = new Dictionary<string, object?> { [HeaderNames.Topic] = "orders", [HeaderNames.Group] = "mail" },
            });
        }
    }

    private IReadOnlyList<long> Act(
        LetterAct act, string token, long[] ids, DateTimeOffset? now = null, DateTimeOffset? until = null, string? by = null) =>
        Apply(LetterEntry.Write(act, token, ids, now ?? _now, until, by));

    private IReadOnlyList<long> Apply(BasicProperties properties) =>
        _ledger.Apply(LetterEntry.Of(new StreamRecord(_next++, properties, [])));
}
