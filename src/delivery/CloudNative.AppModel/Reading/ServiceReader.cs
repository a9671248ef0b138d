using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Reads one service.</summary>
internal sealed class ServiceReader(Values values, ProblemList problems)
{
    private const int MaximumReplicas = 64;

    private readonly PortReader _ports = new(values, problems);
    private readonly ProjectLookup _projects = new(problems);

    public ServiceDefinition? Read(YamlEntry entry)
    {
        var name = entry.Key;
        var path = $"services.{name.Value}";
        Names.Check(name, "service", problems);
        if (values.Mapping(entry.Value, path, "a group with at least 'project'") is not { } mapping)
        {
            return null;
        }

        values.UnknownKeys(mapping, path, ModelKeys.Service);
        var project = ReadProject(mapping, path);
        var replicas = ReadReplicas(mapping, path);
        var ports = mapping.Find("ports") is { } found ? _ports.Read(found.Value, $"{path}.ports") : null;
        var needs = ReadNeeds(mapping, path);
        var environment = ReadEnvironment(mapping, path);
        return project is null ? null : new ServiceDefinition(name.Value, project, replicas, ports, needs, environment);
    }

    private string? ReadProject(YamlMapping mapping, string path)
    {
        const string Allowed = "a folder with one project file, or a project file, relative to this file";
        return values.Required(mapping, path, "project", Allowed, $"Add 'project: <folder>' below '{path}'.") is { } node
            && values.Text(node, $"{path}.project", Allowed) is { } project
                ? _projects.Find(project, $"{path}.project")
                : null;
    }

    private int ReadReplicas(YamlMapping mapping, string path)
    {
        var allowed = $"a whole number from 1 to {MaximumReplicas}";
        if (mapping.Find("replicas") is not { } entry
            || values.Integer(entry.Value, $"{path}.replicas", allowed) is not { } replicas)
        {
            return 1;
        }

        if (replicas is < 1 or > MaximumReplicas)
        {
            problems.Add(ProblemIds.Replicas, entry.Value.At, $"'{path}.replicas' is {replicas}.", allowed,
                replicas == 0
                    ? "To run without the service, name it when you start the app ('--without')."
                    : "Choose a number in this range.");
        }

        return replicas;
    }

    private List<string> ReadNeeds(YamlMapping mapping, string path)
    {
        const string Allowed = "a list of service names, such as [catalog, ordering]";
        var needs = new List<string>();
        if (mapping.Find("needs") is { } entry && values.Sequence(entry.Value, $"{path}.needs", Allowed) is { } list)
        {
            foreach (var item in list.Items)
            {
                if (values.Text(item, $"{path}.needs", Allowed) is { } need && !needs.Contains(need.Value))
                {
                    needs.Add(need.Value);
                }
            }
        }

        return needs;
    }

    private Dictionary<string, string> ReadEnvironment(YamlMapping mapping, string path)
    {
        path += ".environment";
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (mapping.Find("environment") is { } entry && values.Mapping(entry.Value, path, "variables by name") is { } variables)
        {
            foreach (var (key, value) in variables.Entries.Select(variable => (variable.Key, variable.Value)))
            {
                CheckVariableName(key);
                if (values.Text(value, $"{path}.{key.Value}", "a single value; '' for an empty one") is { } text)
                {
                    environment[key.Value] = text.Value;
                }
            }
        }

        return environment;
    }

    private void CheckVariableName(YamlScalar key)
    {
        if (key.Value.Length == 0 || key.Value.Any(c => c == '=' || char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            problems.Add(ProblemIds.BadName, key.At, $"An environment variable is named {key.Kind}.",
                "a name without spaces and '='", "Rename it; '__' stands for the ':' of a configuration key.");
        }
    }
}
