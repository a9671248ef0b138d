using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Reads the top of the file.</summary>
internal static class AppReader
{
    // Far above what one machine or one team runs as an app; it bounds the work that a file can cause.
    private const int MaximumServices = 256;

    public static AppDefinition? Read(string text, ProblemList problems)
    {
        var values = new Values(problems);
        var root = YamlTree.Read(text, problems);
        if (root is null or YamlScalar { IsNull: true })
        {
            if (problems.IsEmpty)
            {
                problems.Add(ProblemIds.Missing, Position.Start, "The file is empty.", "the keys app and services",
                    "Write 'app: <name>' and at least one service.");
            }

            return null;
        }

        if (values.Mapping(root, "the file", "the keys app and services") is not { } mapping)
        {
            return null;
        }

        values.UnknownKeys(mapping, "", ModelKeys.App);
        var name = ReadName(mapping, values, problems);
        var services = ReadServices(mapping, values, problems);
        return name is null || services is null ? null : new AppDefinition(name, problems.File, services);
    }

    private static string? ReadName(YamlMapping mapping, Values values, ProblemList problems)
    {
        const string Allowed = "a name";
        if (values.Required(mapping, "", "app", Allowed, "Write 'app: <name>' at the top.") is not { } node
            || values.Text(node, "app", Allowed) is not { } name)
        {
            return null;
        }

        Names.Check(name, "app", problems);
        return name.Value;
    }

    private static List<ServiceDefinition>? ReadServices(YamlMapping mapping, Values values, ProblemList problems)
    {
        const string Allowed = "services by name, at least one";
        if (values.Required(mapping, "", "services", Allowed, "List the services below 'services:'.") is not { } node
            || values.Mapping(node, "services", Allowed) is not { } services)
        {
            return null;
        }

        if (services.Entries.Count == 0)
        {
            problems.Add(ProblemIds.Missing, services.At, "'services' is empty.", Allowed,
                "Add a service: 'catalog: { project: Catalog }'.");
        }

        if (services.Entries.Count > MaximumServices)
        {
            problems.Add(ProblemIds.TooMany, services.At, $"'services' has {services.Entries.Count} of them.",
                $"at most {MaximumServices}", "Divide the app into several.");
            return null;
        }

        var reader = new ServiceReader(values, problems);
        var read = services.Entries.Select(reader.Read).OfType<ServiceDefinition>().ToList();
        NeedsCheck.Check(services, problems);
        FixedPortCheck.Check(services, read, problems);
        return read;
    }
}
