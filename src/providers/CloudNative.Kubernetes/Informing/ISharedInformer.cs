namespace CloudNative.Kubernetes.Informing;

/// <summary>An informer of whatever kind.</summary>
internal interface ISharedInformer
{
    /// <summary>How many share it; under the lock of <see cref="KubernetesInformers"/>.</summary>
    int Members { get; set; }

    /// <summary>Done when the watch has ended.</summary>
    Task Completion { get; }

    void Stop();
}
