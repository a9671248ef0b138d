using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.TestSupport.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>An inbox in memory that is right, with one bug at a time to switch on. One transaction claims at a time.</summary>
internal sealed class ModelInbox(InboxBug bug) : InboxSubject, IInboxStore
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly Lock _lock = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Dictionary<(string, string, string), DateTimeOffset> _claims = [];
    private ModelTransaction? _writing;

    public string Name => "model";

    public override IInboxStore Store => this;

    public override DateTimeOffset Now => _clock.GetUtcNow();

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => new(new ModelConnection(this));

    public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
        new(new ModelConnection(new object()));

    public override void Advance(TimeSpan time) => _clock.Advance(time);

    public override ValueTask RestartAsync()
    {
        if (bug == InboxBug.ForgetsOnRestart)
        {
            _claims.Clear();
        }

        return ValueTask.CompletedTask;
    }

    public bool Serves(DbTransaction transaction) =>
        bug == InboxBug.ServesAnything || ReferenceEquals(((ModelTransaction)transaction).Model, this);

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken)
    {
        var open = (ModelTransaction)transaction;
        await EnterAsync(open, cancellationToken);
        var key = (
            bug == InboxBug.IgnoresGroup ? "" : group,
            bug == InboxBug.IgnoresSource ? "" : source,
            bug == InboxBug.IgnoresCase ? id.ToUpperInvariant() : id);
        lock (_lock)
        {
            if (bug == InboxBug.AlwaysNew)
            {
                return true;
            }

            if (bug == InboxBug.DoesNotSeeItsOwn)
            {
                // The claim counts from the commit on.
                open.AtEnd(committed => Add(key, committed));
                return !_claims.ContainsKey(key);
            }

            if (!_claims.TryAdd(key, Now))
            {
                return false;
            }
        }

        open.AtEnd(committed => Remove(key, !committed && bug != InboxBug.SurvivesRollback));
        return true;
    }

    public ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var old = _claims.Where(claim => claim.Value < before || bug == InboxBug.ForgetsTheYoung)
                .Take(bug == InboxBug.ForgetsWithoutLimit ? int.MaxValue : limit)
                .Select(claim => claim.Key)
                .ToList();
            old.ForEach(key => _claims.Remove(key));
            return new(old.Count);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task EnterAsync(ModelTransaction transaction, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(Volatile.Read(ref _writing), transaction))
        {
            return;
        }

        await _writer.WaitAsync(cancellationToken);
        Volatile.Write(ref _writing, transaction);
        transaction.AtEnd(_ => Leave());
    }

    // What was added to the transaction later runs later, so the turn is given back only when that is done.
    private void Leave() => Task.Run(() =>
    {
        lock (_lock)
        {
            Volatile.Write(ref _writing, null);
        }

        _writer.Release();
    });

    private void Add((string, string, string) key, bool committed)
    {
        lock (_lock)
        {
            if (committed)
            {
                _claims[key] = Now;
            }
        }
    }

    private void Remove((string, string, string) key, bool remove)
    {
        lock (_lock)
        {
            if (remove)
            {
                _claims.Remove(key);
            }
        }
    }
}
