using CloudNative.Kubernetes.Leases;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Kubernetes.Tests.Leases;

public sealed class LeaseObserverTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LeaseObserver _observer;

    public LeaseObserverTests() => _observer = new LeaseObserver(_clock);

    [Fact]
    public void See_OlderStateComesLate_NewerOneStaysHeldAndIsNotCountedAnew()
    {
        _observer.See(Lease("2", "me"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _observer.See(Lease("1", null));
        Assert.True(_observer.IsHeld(Lease("2", "me")));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(_observer.IsHeld(Lease("2", "me")));
    }

    [Fact]
    public void WasHeld_OlderStateComesLate_TheHolderIsRemembered()
    {
        _observer.See(Lease("2", "me"));
        _observer.See(Lease("1", null));
        Assert.True(_observer.WasHeld("job"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_observer.WasHeld("job"));
    }

    [Fact]
    public void IsHeld_StateThatWasNotSeen_IsHeldByWhomeverItNames()
    {
        Assert.True(_observer.IsHeld(Lease("1", "me")));
        Assert.False(_observer.IsHeld(Lease("1", null)));
        Assert.False(_observer.IsHeld(Lease("1", string.Empty)));
    }

    [Fact]
    public void IsHeld_NoDuration_LapsesAfterTheLongestThereIs()
    {
        var lease = Lease("1", "me", duration: null);
        _observer.See(lease);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(_observer.IsHeld(lease));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(_observer.IsHeld(lease));
    }

    [Fact]
    public void NextToken_ObjectComesBackOlder_GrowsStill()
    {
        var lease = Lease("9", "me", transitions: 7);
        _observer.See(lease);
        Assert.True(_observer.NextToken(Lease("3", null, transitions: 2)) > LeaseMarks.TokenOf(lease));
    }

    private static KubernetesLease Lease(string version, string? holder, int? duration = 9, int transitions = 1) => new()
    {
        Metadata = new KubernetesMetadata { Namespace = "shop", Name = "job", Uid = "u", ResourceVersion = version },
        Spec = new KubernetesLeaseSpec { HolderIdentity = holder, LeaseDurationSeconds = duration, LeaseTransitions = transitions },
    };
}
