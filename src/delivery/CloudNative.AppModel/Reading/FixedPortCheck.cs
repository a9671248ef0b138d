using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>A fixed port serves one process: not two replicas, and not two services.</summary>
internal static class FixedPortCheck
{
    public static void Check(YamlMapping services, IReadOnlyList<ServiceDefinition> read, ProblemList problems)
    {
        var owners = new Dictionary<int, string>();
        foreach (var service in read)
        {
            var at = (services.Find(service.Name)!.Value as YamlMapping)?.Find("ports")?.Value.At ?? Position.Start;
            foreach (var port in (service.Ports ?? []).Where(port => port.Number is not null))
            {
                Check(service, port, at, owners, problems);
            }
        }
    }

    private static void Check(
        ServiceDefinition service, PortDefinition port, Position at, Dictionary<int, string> owners, ProblemList problems)
    {
        var number = port.Number!.Value;
        if (service.Replicas > 1 && !port.Fallback)
        {
            problems.Add(ProblemIds.PortTwice, at,
                $"'{service.Name}' has {service.Replicas} replicas and the fixed port {number}.",
                "a fixed port with one replica", "Write 'auto', or 'fallback: true' so that the others take other ports.");
        }

        if (!owners.TryAdd(number, service.Name))
        {
            problems.Add(ProblemIds.PortTwice, at, $"'{service.Name}' wants port {number}, which '{owners[number]}' has.",
                "each fixed port once", "Choose another port, or 'auto'.");
        }
    }
}
