namespace CloudNative.Sdk.LoadShedding;

/// <summary>Is told what is decided.</summary>
internal interface IAdmissionObserver
{
    /// <summary>A request was declined.</summary>
    void OnDeclined(RequestPriority priority);
}
