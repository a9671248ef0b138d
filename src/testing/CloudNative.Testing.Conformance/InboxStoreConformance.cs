using System.Globalization;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What every inbox must do: a claim is there exactly when the transaction that made it was committed. Derive a test class from it and
/// run it with xunit v3. Each test gets a subject of its own.
/// </summary>
public abstract class InboxStoreConformance : IAsyncLifetime
{
    private const string Source = "/services/orders";

    /// <summary>How long a test waits for what comes in the background. Default 30 s.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>The subject of the running test.</summary>
    protected InboxSubject Subject { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes an empty database.</summary>
    /// <returns>The subject; the suite disposes it.</returns>
    protected abstract ValueTask<InboxSubject> CreateAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Subject = await CreateAsync();
        await Subject.Store.PrepareAsync(Cancelled);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>It serves transactions on its own database.</summary>
    [Fact]
    public async Task Serves_OwnDatabase_True()
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        Assert.True(Subject.Store.Serves(transaction));
    }

    /// <summary>It does not serve transactions on another database of the same kind.</summary>
    [Fact]
    public async Task Serves_OtherDatabase_False()
    {
        await using var connection = await Subject.ConnectElsewhereAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        Assert.False(Subject.Store.Serves(transaction));
    }

    /// <summary>The first claim is new, the second is not.</summary>
    [Fact]
    public async Task TryClaim_Twice_IsNewOnce()
    {
        Assert.True(await ClaimAsync("1"));
        Assert.False(await ClaimAsync("1"));
    }

    /// <summary>The second claim within one transaction is not new either.</summary>
    [Fact]
    public async Task TryClaim_TwiceInOneTransaction_IsNewOnce()
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        Assert.True(await Subject.Store.TryClaimAsync(transaction, "billing", Source, "1", Cancelled));
        Assert.False(await Subject.Store.TryClaimAsync(transaction, "billing", Source, "1", Cancelled));
    }

    /// <summary>A claim goes with the transaction that made it.</summary>
    [Fact]
    public async Task TryClaim_AfterARollback_IsNew()
    {
        Assert.True(await ClaimAsync("1", commit: false));
        Assert.True(await ClaimAsync("1"));
    }

    /// <summary>Each group claims for itself.</summary>
    [Fact]
    public async Task TryClaim_OtherGroup_IsNew()
    {
        Assert.True(await ClaimAsync("1"));
        Assert.True(await ClaimAsync("1", group: "shipping"));
    }

    /// <summary>Ids are unique within their source only.</summary>
    [Fact]
    public async Task TryClaim_OtherSource_IsNew()
    {
        Assert.True(await ClaimAsync("1"));
        Assert.True(await ClaimAsync("1", source: "/services/payments"));
    }

    /// <summary>Ids that differ in case, or in what looks alike, are different events.</summary>
    [Fact]
    public async Task TryClaim_IdThatLooksAlike_IsNew()
    {
        Assert.True(await ClaimAsync("a1"));
        Assert.True(await ClaimAsync("A1"));
        Assert.True(await ClaimAsync("1"));
        Assert.True(await ClaimAsync("01"));
    }

    /// <summary>Of two transactions that claim at the same time, one gets it: the second goes by how the first ends.</summary>
    /// <param name="commit">How the first ends.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryClaim_AnotherIsOpen_GoesByHowItEnds(bool commit)
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        Assert.True(await Subject.Store.TryClaimAsync(transaction, "billing", Source, "1", Cancelled));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = Task.Run(
            () =>
            {
                begun.SetResult();
                return ClaimAsync("1");
            },
            Cancelled);
        await begun.Task;
        await (commit ? transaction.CommitAsync(Cancelled) : transaction.RollbackAsync(Cancelled));
        Assert.Equal(!commit, await second.WaitAsync(Patience, TimeProvider.System, Cancelled));
    }

    /// <summary>An open claim of another event is no reason for an error.</summary>
    [Fact]
    public async Task TryClaim_ManyAtOnce_EachIsNewOnce()
    {
        var claims = Enumerable.Range(0, 40).Select(number => Task.Run(
            () => ClaimAsync((number / 2).ToString(CultureInfo.InvariantCulture)), Cancelled));
        var answers = await Task.WhenAll(claims).WaitAsync(Patience, TimeProvider.System, Cancelled);
        Assert.Equal(20, answers.Count(isNew => isNew));
    }

    /// <summary>A restart forgets nothing.</summary>
    [Fact]
    public async Task TryClaim_AfterARestart_StillKnows()
    {
        Assert.True(await ClaimAsync("1"));
        await Subject.RestartAsync();
        await Subject.Store.PrepareAsync(Cancelled);
        Assert.False(await ClaimAsync("1"));
    }

    /// <summary>Claims that are old enough are forgotten, others are not.</summary>
    [Fact]
    public async Task Forget_OldAndYoung_ForgetsTheOld()
    {
        await ClaimAsync("old");
        Subject.Advance(TimeSpan.FromDays(2));
        await ClaimAsync("young");
        Assert.Equal(1, await Subject.Store.ForgetAsync(Subject.Now - TimeSpan.FromDays(1), 100, Cancelled));
        Assert.False(await ClaimAsync("young"));
        Assert.True(await ClaimAsync("old"));
    }

    /// <summary>Much is forgotten little by little.</summary>
    [Fact]
    public async Task Forget_Many_NotMoreThanTheLimitAtOnce()
    {
        foreach (var id in Enumerable.Range(0, 25))
        {
            await ClaimAsync(id.ToString(CultureInfo.InvariantCulture));
        }

        Subject.Advance(TimeSpan.FromDays(2));
        var before = Subject.Now - TimeSpan.FromDays(1);
        Assert.Equal(10, await Subject.Store.ForgetAsync(before, 10, Cancelled));
        Assert.Equal(10, await Subject.Store.ForgetAsync(before, 10, Cancelled));
        Assert.Equal(5, await Subject.Store.ForgetAsync(before, 10, Cancelled));
        Assert.Equal(0, await Subject.Store.ForgetAsync(before, 10, Cancelled));
    }

    private async Task<bool> ClaimAsync(string id, string group = "billing", string source = Source, bool commit = true)
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var isNew = await Subject.Store.TryClaimAsync(transaction, group, source, id, Cancelled);
        await (commit ? transaction.CommitAsync(Cancelled) : transaction.RollbackAsync(Cancelled));
        return isNew;
    }
}
