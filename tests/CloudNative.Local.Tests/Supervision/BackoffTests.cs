using CloudNative.Local.Supervision;

namespace CloudNative.Local.Tests.Supervision;

public sealed class BackoffTests
{
    [Fact]
    public void Next_ManyFailures_StaysUnderADoublingCapOfTenSeconds()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var backoff = new Backoff(new Random(seed));

        for (var failure = 0; failure < 50; failure++)
        {
            var cap = Math.Min(10_000, 250 * Math.Pow(2, failure));
            Assert.InRange(backoff.Next().TotalMilliseconds, 0, cap);
        }

        Assert.Equal(50, backoff.Failures);
    }

    [Fact]
    public void Next_TwoReplicas_DoNotWaitInStep()
    {
        var one = new Backoff(new Random(1));
        var other = new Backoff(new Random(2));

        Assert.NotEqual(Enumerable.Range(0, 5).Select(_ => one.Next()), Enumerable.Range(0, 5).Select(_ => other.Next()));
    }

    [Fact]
    public void Reset_AfterFailures_BeginsAgainWithTheShortest()
    {
        var backoff = new Backoff(new Random(1));
        for (var i = 0; i < 10; i++)
        {
            backoff.Next();
        }

        backoff.Reset();

        Assert.InRange(backoff.Next().TotalMilliseconds, 0, 250);
    }
}
