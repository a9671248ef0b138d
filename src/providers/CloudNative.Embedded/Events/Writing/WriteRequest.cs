using CloudNative.Embedded.Events.Storage;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// Something to write. Several share one transaction; all methods run on the writer's thread. What <see cref="Run"/> throws is a failure
/// of the store.
/// </summary>
internal abstract class WriteRequest
{
    /// <summary>How many rows it writes, about; bounds a transaction.</summary>
    public virtual int Rows => 1;

    /// <summary>Whether it has to be on the disk before it is acknowledged.</summary>
    public virtual bool Durable => false;

    /// <summary>Writes. Runs again in a transaction of its own when the shared one failed.</summary>
    public abstract void Run(EventConnection connection, WriteScope scope);

    /// <summary>The transaction is committed.</summary>
    public abstract void Committed();

    /// <summary>It is not, and nothing of it happened.</summary>
    public abstract void Failed(Exception exception);
}
