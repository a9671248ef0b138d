using CloudNative.Embedded.Events.Storage;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>What one transaction does to one share; written once at its end.</summary>
internal interface IShareWrite
{
    /// <summary>Writes, after the last request.</summary>
    void Finish(EventConnection connection);

    /// <summary>The transaction is committed; called before its requests are told.</summary>
    void Committed();
}
