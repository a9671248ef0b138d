using System.Data;
using System.Data.Common;

namespace CloudNative.TestSupport.Transactions;

/// <summary>A transaction of the model: what is to happen when it ends.</summary>
internal sealed class ModelTransaction(ModelConnection connection) : DbTransaction
{
    private readonly List<Action<bool>> _ends = [];
    private bool _over;

    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    protected override DbConnection? DbConnection => _over ? null : connection;

    public object Model => connection.Model;

    /// <summary>Called with whether it was committed, in the order in which they were added.</summary>
    public void AtEnd(Action<bool> end) => _ends.Add(end);

    public override void Commit() => End(committed: true);

    public override void Rollback() => End(committed: false);

    protected override void Dispose(bool disposing)
    {
        End(committed: false);
        base.Dispose(disposing);
    }

    private void End(bool committed)
    {
        if (!_over)
        {
            _over = true;
            _ends.ForEach(end => end(committed));
        }
    }
}
