namespace Service._1.Greetings;

/// <summary>Calls a neighbour by its name. Instances that fail are left out, and what may be repeated safely is.</summary>
internal sealed class NeighbourClient(HttpClient http)
{
    /// <exception cref="HttpRequestException">No instance gave a good answer.</exception>
    public async Task<Greeting> GreetAsync(string name, CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<Greeting>($"/greetings/{Uri.EscapeDataString(name)}", cancellationToken)
            ?? throw new HttpRequestException("The neighbour answered with null.");
}
