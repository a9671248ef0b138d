using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>Why an attempt failed.</summary>
internal sealed record FailureView(string Reason, string Detail, DateTimeOffset At, int Attempt)
{
    public static FailureView Of(DeliveryFailure failure) =>
        new(failure.Reason.ToString(), failure.Detail, failure.At, failure.Attempt);
}
