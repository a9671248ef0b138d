namespace CloudNative.RabbitMq.MassTransit;

/// <summary>
/// What MassTransit calls things on the wire (https://masstransit.io/documentation/concepts/messages).
/// </summary>
internal static class MassTransitNames
{
    public const string ContentTypes = "application/vnd.masstransit";
    public const string Json = "application/vnd.masstransit+json";

    /// <summary>
    /// The trace context of the sender, a <c>traceparent</c>; among the headers of the envelope and of the message.
    /// </summary>
    public const string ActivityId = "MT-Activity-Id";

    /// <summary>The header of a message without an envelope that holds the URNs of its types.</summary>
    public const string RawTypes = "MT-MessageType";

    /// <summary>The header of a message without an envelope that holds its sender's address.</summary>
    public const string RawSource = "MT-Source-Address";

    /// <summary>What its own headers begin with.</summary>
    public const string OwnHeaders = "MT-";

    public const string MessageId = "messageId";
    public const string CorrelationId = "correlationId";
    public const string ConversationId = "conversationId";
    public const string InitiatorId = "initiatorId";
    public const string RequestId = "requestId";
    public const string SourceAddress = "sourceAddress";
    public const string DestinationAddress = "destinationAddress";
    public const string ResponseAddress = "responseAddress";
    public const string FaultAddress = "faultAddress";
    public const string MessageType = "messageType";
    public const string Message = "message";
    public const string SentTime = "sentTime";
    public const string Headers = "headers";
    public const string Host = "host";

    /// <summary>Ids that an event carries as extensions under these names, and that are written again.</summary>
    public static IReadOnlyList<(string Name, string Extension)> Ids { get; } =
        [(CorrelationId, "correlationid"), (ConversationId, "conversationid"), (InitiatorId, "initiatorid")];

    /// <summary>All that an event carries as extensions.</summary>
    public static IReadOnlyList<(string Name, string Extension)> Carried { get; } =
    [
        .. Ids, (RequestId, "requestid"), (ResponseAddress, "responseaddress"), (FaultAddress, "faultaddress"),
    ];
}
