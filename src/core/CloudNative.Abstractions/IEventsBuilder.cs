namespace CloudNative;

/// <summary>
/// Events while they are being configured in code. CloudNative.Eventing extends it with handlers and filters, providers with
/// outboxes.
/// </summary>
public interface IEventsBuilder : IFeatureBuilder;
