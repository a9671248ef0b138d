namespace Brownfield.SerilogOtel;

/// <summary>Greets, and logs whom.</summary>
public sealed class Greeting(ILogger<Greeting> logger)
{
    public string Greet(string name)
    {
        logger.LogInformation("Greeted {Name}", name);
        return $"Hello {name}";
    }
}
