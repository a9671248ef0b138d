using CloudNative.AppModel;
using CloudNative.Local.Building;
using CloudNative.Local.Ports;
using CloudNative.Local.Supervision;

namespace CloudNative.Local.Running;

/// <summary>Decides what runs where: each replica with its program and its ports.</summary>
internal static class RunPlan
{
    public static IReadOnlyList<ReplicaPlan> Create(
        AppDefinition app, IReadOnlyDictionary<string, ServiceProgram> programs, SupervisionContext context)
    {
        var plans = new List<ReplicaPlan>();
        var services = app.InOrderOfNeeds();
        for (var index = 0; index < services.Count; index++)
        {
            var service = services[index];
            if (programs.TryGetValue(service.ProjectFile, out var program) && !context.Options.Without.Contains(service.Name))
            {
                for (var number = 1; number <= service.Replicas; number++)
                {
                    var name = new ReplicaName(service.Name, number, service.Replicas == 1, index);
                    var ports = PortTaking.Take(name, PortTaking.Wanted(service, program.IsWeb), context);
                    plans.Add(new ReplicaPlan(name, service, program, ports));
                }
            }
        }

        return plans;
    }
}
