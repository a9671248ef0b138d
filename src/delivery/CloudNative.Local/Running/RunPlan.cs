using CloudNative.AppModel;
using CloudNative.Local.Building;
using CloudNative.Local.Supervision;

namespace CloudNative.Local.Running;

/// <summary>Decides what runs where: each replica with its program and its port.</summary>
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
                    plans.Add(Plan(name, service, program, context));
                }
            }
        }

        return plans;
    }

    private static ReplicaPlan Plan(
        ReplicaName name, ServiceDefinition service, ServiceProgram program, SupervisionContext context)
    {
        var port = service.Ports is null
            ? program.IsWeb ? new PortDefinition("http", null, Fallback: true) : null
            : service.Ports is [var first, ..] ? first : null;
        if (port is null)
        {
            return new ReplicaPlan(name, service, program, null, MayMove: false);
        }

        // The fixed port is the first replica's; the model allows more replicas only where others may take other ports.
        var wish = name.Number == 1 ? port.Number : null;
        return new ReplicaPlan(name, service, program, TakePort(name, wish, port.Fallback, context), port.Fallback);
    }

    private static int TakePort(ReplicaName name, int? wish, bool fallback, SupervisionContext context)
    {
        if (wish is null)
        {
            return context.Ports.Take(name.Full);
        }

        if (context.Ports.TryTake(wish.Value))
        {
            return wish.Value;
        }

        if (!fallback)
        {
            throw PortConflict.Exception(name.Service, wish.Value);
        }

        var other = context.Ports.Take(name.Full);
        context.Console.Write($"{name.Display} wants port {wish}, which is in use; it gets {other}");
        return other;
    }
}
