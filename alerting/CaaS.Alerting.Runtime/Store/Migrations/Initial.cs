using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaaS.Alerting.Runtime.Store.Migrations;

/// <summary>The first tables.</summary>
[DbContext(typeof(AlertingContext))]
[Migration("20260901000000_Initial")]
internal sealed class Initial : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "alr_alerts",
            table => new
            {
                Id = table.Column<string>(),
                Scope = table.Column<string>(),
                Revision = table.Column<int>(),
                Status = table.Column<int>(),
                Severity = table.Column<int>(),
                Assignee = table.Column<string>(),
                IsSilenced = table.Column<bool>(),
                ChangedAtMs = table.Column<long>(),
                Words = table.Column<string>(),
                Json = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_alr_alerts", row => row.Id));
        migrationBuilder.CreateIndex("IX_alr_alerts_ChangedAtMs", "alr_alerts", "ChangedAtMs");
        migrationBuilder.CreateIndex(
            "IX_alr_alerts_Status_ChangedAtMs", "alr_alerts", ["Status", "ChangedAtMs"]);
        migrationBuilder.CreateTable(
            "alr_silences",
            table => new
            {
                Id = table.Column<string>(),
                Scope = table.Column<string>(),
                UntilMs = table.Column<long>(),
                Json = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_alr_silences", row => row.Id));
        migrationBuilder.CreateIndex("IX_alr_silences_UntilMs", "alr_silences", "UntilMs");
        migrationBuilder.CreateTable(
            "alr_notifications",
            table => new
            {
                Id = table.Column<string>(),
                AlertId = table.Column<string>(),
                Receiver = table.Column<string>(),
                Turn = table.Column<long>(),
                IsOver = table.Column<bool>(),
                Json = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_alr_notifications", row => row.Id));
        migrationBuilder.CreateIndex(
            "IX_alr_notifications_AlertId_Turn", "alr_notifications", ["AlertId", "Turn"]);
        migrationBuilder.CreateIndex("IX_alr_notifications_Turn", "alr_notifications", "Turn");
        migrationBuilder.CreateIndex(
            "IX_alr_notifications_IsOver_Receiver_Turn", "alr_notifications", ["IsOver", "Receiver", "Turn"]);
    }
}
