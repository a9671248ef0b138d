namespace CloudNative.Http.Deadlines;

/// <summary>Who set the deadline that counts.</summary>
internal enum DeadlineOrigin
{
    /// <summary>The client's Timeout.</summary>
    Client,

    /// <summary>The request, by <c>SetDeadline</c>.</summary>
    Request,

    /// <summary>The work that the call belongs to.</summary>
    Work,

    /// <summary>The header that the request came with.</summary>
    Header,
}
