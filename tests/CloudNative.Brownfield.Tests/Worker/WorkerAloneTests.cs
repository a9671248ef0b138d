namespace CloudNative.Brownfield.Tests.Worker;

public sealed class WorkerAloneTests() : WorkerTests(withCloudNative: false);
