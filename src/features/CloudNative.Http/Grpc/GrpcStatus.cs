namespace CloudNative.Http.Grpc;

/// <summary>The gRPC status codes that mean something here (https://grpc.io/docs/guides/status-codes/).</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    DeadlineExceeded = 4,
    ResourceExhausted = 8,
    Internal = 13,
    Unavailable = 14,
    DataLoss = 15,
}
