namespace CloudNative.Hosting.Building;

internal sealed class EventsBuilder(ICloudNativeBuilder builder)
    : FeatureBuilder(builder, CloudNativeFeatures.Eventing), IEventsBuilder;
